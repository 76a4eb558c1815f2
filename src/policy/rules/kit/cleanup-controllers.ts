/**
 * The users that empty a namespace being deleted, and that delete objects without an owner: whoever refuses them a deletion keeps
 * the namespace from ever being gone.
 */
export const CLEANUP_CONTROLLERS = [
  "system:serviceaccount:kube-system:namespace-controller",
  "system:serviceaccount:kube-system:generic-garbage-collector",
  // Both controllers, if they run without service accounts of their own.
  "system:kube-controller-manager",
];
