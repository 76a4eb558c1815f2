/** A file that was read, or the reason why it could not be read. */
export type SourceFile =
  { readonly file: string; readonly text: string } | { readonly file: string; readonly unreadable: string };
