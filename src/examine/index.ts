/**
 * From a text to findings with their places and edits, and nothing of Node: for the check, for editors and for browsers.
 * Each subfolder has an index of its own; in the order of the flow: `model` (what findings consist of), `settings`,
 * `manifests` (the objects in a document), `before` (the state before), `claims`, `edits`, `places`,
 * `findings`, `fixes` (those made without asking), `yaml` (objects for people to read).
 */
export {};
