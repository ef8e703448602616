import type { CreatedUser } from '@rollcall/contract/users';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { usersKey } from '../agents-queries.ts';
import { AddAgentForm } from './AddAgentForm.tsx';
import { AddedAgent } from './AddedAgent.tsx';

interface AddAgentDrawerProps {
  opened: boolean;
  onClose: () => void;
}

/** First the form, then what came of it: warnings, and where the invitation is. */
export function AddAgentDrawer({ opened, onClose }: AddAgentDrawerProps) {
  const queryClient = useQueryClient();
  const [added, setAdded] = useState<CreatedUser>();
  if (added) {
    return (
      <AddedAgent opened={opened} onClose={onClose} user={added} onAnother={() => setAdded(undefined)} />
    );
  }
  return (
    <AddAgentForm
      opened={opened}
      onClose={onClose}
      onAdded={(user) => {
        setAdded(user);
        void queryClient.invalidateQueries({ queryKey: [usersKey] });
        void queryClient.invalidateQueries({ queryKey: ['departments'] });
      }}
    />
  );
}
