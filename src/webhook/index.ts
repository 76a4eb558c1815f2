/** The HTTPS server that answers AdmissionReviews. */
export type { ServerConfig } from "./server-config.ts";
export { type RunningServer, startServer } from "./server.ts";
export { watchUncaughtErrors } from "./uncaught-errors.ts";
