// What the status bar says of the active program.

export type State = 'none' | 'queued' | 'running' | 'fresh' | 'stale' | 'failed';

/** The server's answer to `provable.status`, as far as it is read here. */
export interface Status {
  run: { state: State; why: string | null };
  proof: { state: State; why: string | null; verified: boolean; trace_commitment: string | null; key?: { digest: string } | null };
  activity: string | null;
  text: string;
}

export interface Shown {
  text: string;
  tooltip: string;
  tone: 'plain' | 'warning' | 'error';
}

/** The item for a program's status. */
export function shown(status: Status): Shown {
  const { proof, run } = status;
  const tooltip = `${status.text}\n\nClick to run, prove, verify or cancel.`;
  const say = (text: string, tone: Shown['tone'] = 'plain'): Shown => ({ text, tooltip, tone });
  // A run is of interest here only while it is at work: what it left stands in the text.
  if (run.state === 'running' || run.state === 'queued') {
    return say(run.state === 'running' ? '$(sync~spin) Running' : '$(clock) Run waits');
  }
  switch (proof.state) {
    case 'queued':
      return say('$(clock) Proof waits');
    case 'running':
      return say(`$(sync~spin) ${status.activity ?? 'Proving'}`);
    case 'fresh':
      return proof.verified ? say('$(verified-filled) Verified') : say('$(unverified) Proof not verified yet');
    case 'stale':
      return say('$(warning) Proof stale', 'warning');
    case 'failed':
      return say('$(error) Proof failed', 'error');
    case 'none':
      return say('$(circle-outline) Not proved');
  }
}

/** The item while there is no server. */
export function withoutServer(message: string | undefined): Shown {
  return message === undefined
    ? { text: '$(sync~spin) Provable', tooltip: 'The server is starting.', tone: 'plain' }
    : { text: '$(error) Provable: no server', tooltip: message, tone: 'error' };
}
