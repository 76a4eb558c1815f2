/** What `--show` prints of each Service. */
export type Show = (typeof SHOWS)[number];

/** The values of `--show`. */
export const SHOWS = ["stored", "admitted", "diff"] as const;
