/**
 * Policies. Each subfolder has an index of its own, from which other folders import; in the order of the flow: `schema`
 * (the policy document), `model` (inputs and results of an evaluation), `match` (the Services that a policy applies to),
 * `in-cel` (building blocks for expressions), `rules`, `exemptions`, `mutations` and `defaults`, `compile` (from documents to a
 * policy set), `files` (loading documents from files), `reference` (generated schemas and documentation).
 */
export {};
