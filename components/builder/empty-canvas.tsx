import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { CardIcon } from "#components/canvas/card-icon.tsx";
import { useBuilder } from "./builder-context.ts";

/** Events most flows of IT admins start with, most used first; those the catalogue lacks are left out. */
const COMMON = [
  "User Added to Group",
  "User Created",
  "User Deactivated",
  "User Okta Profile Updated",
  "User Activated",
];

/** Where to begin on an empty canvas. */
export function EmptyCanvas() {
  const { editor, addCard } = useBuilder();
  const events = editor.catalogue.cards.filter((card) => card.kind === "event");
  const common = COMMON.flatMap((title) => events.find((card) => card.title === title) ?? []);
  const shown = common.length > 0 ? common : events.slice(0, COMMON.length);
  return (
    <Paper withBorder radius="lg" p="lg" maw={460} ta="center" bg="var(--surface-raised)">
      <Title order={2} size="h4">
        Start with an event
      </Title>
      <Text size="sm" c="dimmed" mt={4} mb="md">
        It starts the flow each time it happens in your org. Drag one in from the left, or choose:
      </Text>
      <Group justify="center" gap={8}>
        {shown.map((card) => (
          <Button
            key={card.id}
            size="xs"
            variant="default"
            leftSection={<CardIcon card={card} size={14} />}
            onClick={() => addCard(card.id, {})}
          >
            {card.title}
          </Button>
        ))}
      </Group>
    </Paper>
  );
}
