/** TLS connections: their limits, their shares of memory, their end. */
export { endAfterAnswers } from "./client-errors.ts";
export { type ConnectionLimits, Connections } from "./connections.ts";
export { close, listen, type ListenConfig } from "./listen.ts";
