/** The playground's page on this machine. */
export { readPage, servePage } from "./page-server.ts";
