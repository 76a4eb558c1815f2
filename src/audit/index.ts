/**
 * What is stored in a cluster already, judged. Each subfolder has an index of its own: `judge` (by the API server's rules and
 * the policies; pure), `findings` (as reports show them),
 * `results` (as the reports in a cluster list them; pure), `options` (of the command).
 */
export {};
