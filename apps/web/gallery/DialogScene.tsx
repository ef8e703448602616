import { Button, Select, TextInput } from '@mantine/core';
import { Problem } from '../api/problem.ts';
import { ConfirmDanger } from '../ui/ConfirmDanger.tsx';
import { FormFailure } from '../ui/form/FormFailure.tsx';
import { FormLayout, FormRow } from '../ui/form/FormLayout.tsx';
import { Page } from '../ui/Page.tsx';
import { SideDrawer } from '../ui/SideDrawer.tsx';

const nothing = () => undefined;
const refused = new Problem({
  status: 409,
  code: 'last_administrator',
  title: 'An active administrator must remain',
  detail: 'Make somebody else an administrator first.',
});

export function DialogScene({ which }: { which: 'danger' | 'danger-loading' | 'drawer' }) {
  return (
    <Page title="Agents">
      <ConfirmDanger
        opened={which !== 'drawer'}
        onClose={nothing}
        title="Deactivate Ada Lovelace?"
        intro="Access ends at once, everywhere."
        preview={
          which === 'danger-loading'
            ? { status: 'loading' }
            : {
                status: 'ready',
                groups: [
                  {
                    kind: 'ends',
                    heading: 'Ends now',
                    items: [
                      {
                        key: 's',
                        text: '3 sessions',
                        note: 'Chrome on macOS, Firefox on Windows, softphone',
                      },
                      { key: 'k', text: '1 API key: “Reporting nightly”' },
                      {
                        key: 'g',
                        text: 'Routing in 2 groups: Support EN, Escalations',
                        note: 'Escalations is left without an available member',
                      },
                    ],
                  },
                  {
                    kind: 'todo',
                    heading: 'To do by hand',
                    items: [{ key: 'crm', text: 'Remove the user mapping in the CRM' }],
                  },
                  {
                    kind: 'stays',
                    heading: 'Kept',
                    items: [
                      { key: 'c', text: '12,480 calls and 3,201 recordings' },
                      { key: 'm', text: 'Group memberships, without routing' },
                    ],
                  },
                ],
              }
        }
        reason="required"
        confirmLabel="Deactivate"
        onConfirm={() => Promise.reject(refused)}
      >
        <Select
          label="Who takes over +49 30 901820"
          data={['Nobody: the number becomes free', 'Grace Hopper']}
          defaultValue="Grace Hopper"
        />
      </ConfirmDanger>
      <SideDrawer
        opened={which === 'drawer'}
        onClose={nothing}
        title="Add agent"
        footer={
          <>
            <Button variant="default">Cancel</Button>
            <Button type="submit" form="add">
              Add and invite
            </Button>
          </>
        }
      >
        <FormLayout id="add" onSubmit={nothing}>
          <FormRow>
            <TextInput label="First name" defaultValue="Ada" required data-autofocus />
            <TextInput label="Last name" required error="Fill this in." />
          </FormRow>
          <TextInput
            label="E-mail"
            defaultValue="ada@northwind"
            error="The domain “northwind” has no ending. Write an address such as ada@example.com."
          />
          <Select
            label="Role"
            data={['Administrator', 'Agent']}
            defaultValue="Agent"
            description="Own calls, own call history, own figures and the softphone."
          />
          <TextInput label="Extension" placeholder="Given automatically" />
          <FormFailure error={refused} />
        </FormLayout>
      </SideDrawer>
    </Page>
  );
}
