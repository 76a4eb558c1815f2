/**
 * What is around a Service: other Services, what they select, and what depends on them. Each subfolder has an index of its
 * own: `model` (entries and how they are asked for), `extract` (from objects to entries), `claims`, `references`, `store`. Pure.
 */
export {};
