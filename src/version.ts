import manifest from "../package.json" with { type: "json" };

/** Fairlead's own version, `major.minor.patch`. */
export const VERSION: string = manifest.version;
