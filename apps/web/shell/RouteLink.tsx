import { Link } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { readSearch } from './search-params.ts';

type RouteLinkProps = Omit<ComponentProps<'a'>, 'href'> & {
  /** From paths.ts, with a query string if need be. */
  href: string;
};

/** A link inside the dashboard: a real address that can be opened in a tab, followed without loading anew. */
export function RouteLink({ href, ...rest }: RouteLinkProps) {
  const [path = '/', query] = href.split('?');
  const search = query ? readSearch(query) : undefined;
  // The paths come from paths.ts, whose strings the router's literal types cannot follow.
  return <Link {...(rest as object)} to={path as never} search={search as never} />;
}
