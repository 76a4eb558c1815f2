/** Listening, the limits on connections, and closing them. */
export { clientErrorHandler } from "./client-errors.ts";
export { type ConnectionLimits, Connections } from "./connections.ts";
export { closeServer, listen, type ListenConfig } from "./listen.ts";
