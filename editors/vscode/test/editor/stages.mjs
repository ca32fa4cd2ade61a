// Runs stage after stage, each with its time.

export async function stage(name, run) {
  const start = Date.now();
  await run();
  console.log(`ok: ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}
