import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { paths } from '../../paths.ts';
import { writeSearch } from '../../shell/search-params.ts';
import { savedViewsQuery } from './agents-queries.ts';
import type { AgentsView } from './agents-view.ts';
import classes from './SavedViews.module.css';

const NameView = lazy(async () => ({ default: (await import('./NameView.tsx')).NameView }));

/** Views that one keeps for oneself: open one, keep this one, remove one. */
export function SavedViews({ view }: { view: AgentsView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const views = useQuery(savedViewsQuery);
  const [naming, name] = useDisclosure(false);
  const query = writeSearch({ ...view }).slice(1);
  const remove = async (id: string) => {
    await api.DELETE('/api/v1/saved-views/{id}', { params: { path: { id } } });
    await queryClient.invalidateQueries({ queryKey: savedViewsQuery.queryKey });
  };
  const current = views.data?.find((one) => one.query === query);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={15} stroke={1.8} />}>
            {current?.name ?? t('agents.views.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu}>
          {views.data?.map((one) => (
            <div key={one.id} className={classes.line} role="none">
              <Menu.Item
                aria-current={one.id === current?.id || undefined}
                onClick={() => void navigate({ href: `${paths.agents()}?${one.query}` })}
              >
                {one.name}
              </Menu.Item>
              <Menu.Item
                className={classes.remove}
                aria-label={t('agents.views.remove', { name: one.name })}
                closeMenuOnClick={false}
                onClick={() => void remove(one.id)}
              >
                <IconTrash size={14} stroke={1.8} />
              </Menu.Item>
            </div>
          ))}
          {views.data?.length === 0 && <Menu.Label>{t('agents.views.none')}</Menu.Label>}
          <Menu.Divider />
          <Menu.Item onClick={name.open}>{t('agents.views.save')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <Suspense>
          <NameView view={view} query={query} onClose={name.close} />
        </Suspense>
      )}
    </>
  );
}
