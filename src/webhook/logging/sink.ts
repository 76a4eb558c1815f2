import { constants, fstatSync, openSync, write } from "node:fs";
import { isatty } from "node:tty";

/** The result of a write: the number of bytes that were written, and the error if there was one. */
export interface WriteResult {
  readonly bytes: number;
  readonly error?: NodeJS.ErrnoException;
}

/** Writes bytes without blocking the process, however long it takes. Only one write may be pending. */
export type Sink = (bytes: Buffer, done: (result: WriteResult) => void) => void;

const STDOUT = 1;

/** A sink for standard output that suits its type: pipe, socket, terminal or file. */
export function standardOutput(): Sink {
  const stat = fstatSync(STDOUT);
  // fs.write() to a pipe that nobody reads would block a thread forever, and the process could not exit. Node's stream
  // waits in the event loop instead.
  if (stat.isFIFO() || stat.isSocket()) return streamSink(process.stdout);
  return fileSink(isatty(STDOUT) ? openTerminal() : STDOUT);
}

function streamSink(stream: NodeJS.WriteStream): Sink {
  // Every write gets the error too.
  stream.on("error", () => undefined);
  return (bytes, done) => {
    stream.write(bytes, (error) => {
      done(error == null ? { bytes: bytes.length } : { bytes: 0, error });
    });
  };
}

function fileSink(fd: number): Sink {
  return (bytes, done) => {
    write(fd, bytes, (error, written) => {
      done(error === null ? { bytes: written } : { bytes: 0, error });
    });
  };
}

/** Opens the terminal again in non-blocking mode: a write must not wait for one that is paused (Ctrl-S). */
function openTerminal(): number {
  try {
    return openSync(`/proc/self/fd/${STDOUT}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return STDOUT;
  }
}
