export const agentTabs = ['details', 'access', 'groups', 'numbers', 'activity', 'off-boarding'] as const;
export type AgentTab = (typeof agentTabs)[number];

/** The tab of a profile as it stands in the address; the first one is left out there. */
export function readAgentTab(search: Record<string, unknown>): { tab?: AgentTab } {
  const tab = agentTabs.find((one) => one === search.tab);
  return tab && tab !== 'details' ? { tab } : {};
}
