const DEFAULT_SECONDS = 60;
const setting = process.env["FAIRLEAD_TEST_PATIENCE"] ?? "";

/**
 * How long, in milliseconds, tests wait for an event that must occur. It is long because tests start servers and
 * programs on busy machines; speed is for the benchmarks. `FAIRLEAD_TEST_PATIENCE` sets it, in seconds; if it is empty
 * or not set, the default applies.
 */
export const PATIENCE = (setting === "" ? DEFAULT_SECONDS : Number(setting)) * 1000;

/** The timeout of a test, in milliseconds: longer than any wait in it, so that a failed wait reports what is missing. */
export const TEST_TIMEOUT = 3 * PATIENCE;
