/** What would be stored, as files for editors. */
export { isStoredFile, StoredFiles } from "./stored-files.ts";
