/**
 * Policies. A folder of folders, each with a door of its own, in the order of the flow: `schema` (the document), `model`
 * (what a policy is asked and what it answers), `match` (whom it is for), `rules`, `exemptions`, `defaults`, `compile`
 * (from documents to a set that judges), `files` (where documents come from), `reference` (what is generated from them).
 */
export {};
