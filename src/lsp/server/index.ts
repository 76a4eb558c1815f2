/** The server: what the editor asks and tells, and who answers. */
export { type ServerOptions, startServer } from "./start-server.ts";
