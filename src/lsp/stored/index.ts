/** What would be stored, as files for editors. */
export { StoredFiles } from "./stored-files.ts";
