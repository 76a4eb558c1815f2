/** Why the rules of this topic have no CEL. */
export const CANNOT = {
  cannot: "it looks at several Services, and an admission policy of the API server sees one object only",
} as const;
