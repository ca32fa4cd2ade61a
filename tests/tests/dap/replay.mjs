// Replays a session with the debug adapter: node replay.mjs BINARY TRANSCRIPT PROGRAM
// Sends what the transcript has it send, and wants to hear, word for word, what the transcript has it hear.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const [binary, transcript, program] = process.argv.slice(2);
const adapter = spawn(binary, ["dap"], { stdio: ["pipe", "pipe", "inherit"] });

async function* messages(stream) {
  let bytes = Buffer.alloc(0);
  for await (const chunk of stream) {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const end = bytes.indexOf("\r\n\r\n");
      if (end < 0) break;
      const length = Number(/content-length: *(\d+)/i.exec(bytes.subarray(0, end).toString())[1]);
      if (bytes.length < end + 4 + length) break;
      yield JSON.parse(bytes.subarray(end + 4, end + 4 + length).toString());
      bytes = bytes.subarray(end + 4 + length);
    }
  }
}

// Every text in a message that names the program, with its true path.
function placed(value) {
  if (typeof value === "string") return value.replaceAll("$PROGRAM", program);
  if (Array.isArray(value)) return value.map(placed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, placed(one)]));
}

const heard = messages(adapter.stdout);
let number = 0;
for (const line of readFileSync(transcript, "utf8").trimEnd().split("\n")) {
  number += 1;
  const { to, from } = placed(JSON.parse(line));
  if (to) {
    const body = Buffer.from(JSON.stringify(to));
    adapter.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    adapter.stdin.write(body);
  } else {
    const { value } = await heard.next();
    assert.deepEqual(value, from, `line ${number} of the transcript`);
  }
}
adapter.stdin.end();
const status = await new Promise((done) => adapter.on("close", done));
assert.equal(status, 0);
