/** Reads the state before (`--against`) from files or a commit. */
export { loadOldState } from "./load-old-services.ts";
