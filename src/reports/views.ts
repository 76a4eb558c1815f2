/** What `--show` prints of each Service. */
export type ServiceView = (typeof SERVICE_VIEWS)[number];

/** The values of `--show`. */
export const SERVICE_VIEWS = ["stored", "admitted", "diff"] as const;
