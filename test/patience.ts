/**
 * How long, in milliseconds, tests wait for what must come: tests start servers and programs, on machines that have
 * other things to do. What must be quick is for the benchmarks. `FAIRLEAD_TEST_PATIENCE` says it in seconds.
 */
export const PATIENCE = Number(process.env["FAIRLEAD_TEST_PATIENCE"] ?? 60) * 1000;

/** How long a test may take: a wait in it that fails is to say what never came. */
export const TEST_TIMEOUT = 3 * PATIENCE;
