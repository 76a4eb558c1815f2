import { constants, fstatSync, openSync, write } from "node:fs";
import { isatty } from "node:tty";

/** What a write came to: how many bytes are out, and why not all. */
export interface WriteResult {
  readonly bytes: number;
  readonly problem?: NodeJS.ErrnoException;
}

/** Takes bytes without ever holding up the process, however long they take. One write at a time. */
export type Sink = (bytes: Buffer, done: (written: WriteResult) => void) => void;

const STDOUT = 1;

/** Standard output, as what it is. */
export function standardOutput(): Sink {
  const stat = fstatSync(STDOUT);
  // A write to a pipe that nobody reads would never come back, and the process could not end for it. Node's stream
  // waits in the event loop instead.
  if (stat.isFIFO() || stat.isSocket()) return streamSink(process.stdout);
  return fileSink(isatty(STDOUT) ? ownTerminal() : STDOUT);
}

function streamSink(stream: NodeJS.WriteStream): Sink {
  // Told to each write as well.
  stream.on("error", () => undefined);
  return (bytes, done) => {
    stream.write(bytes, (problem) => {
      done(problem == null ? { bytes: bytes.length } : { bytes: 0, problem });
    });
  };
}

function fileSink(fd: number): Sink {
  return (bytes, done) => {
    write(fd, bytes, (problem, written) => {
      done(problem === null ? { bytes: written } : { bytes: 0, problem });
    });
  };
}

/** The terminal once more, in a way that does not wait for one that was told to stand still (Ctrl-S). */
function ownTerminal(): number {
  try {
    return openSync(`/proc/self/fd/${STDOUT}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return STDOUT;
  }
}
