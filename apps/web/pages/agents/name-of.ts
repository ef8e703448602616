/** How a person is called on the screen; those without a name by what they sign in with. */
export function nameOf(user: { firstName: string; lastName: string; signInName: string }): string {
  return `${user.firstName} ${user.lastName}`.trim() || user.signInName;
}
