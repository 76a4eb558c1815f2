/** The open documents: analysed, and their diagnostics sent. */
export { Publisher } from "./publisher.ts";
export { type Analysed, diagnosticsOf, isOfInterest, MOST_UNITS, Session } from "./session.ts";
export { pathOf, uriOf } from "./uris.ts";
