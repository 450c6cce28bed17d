import { Button, Menu } from "@mantine/core";
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { issueWords } from "#components/canvas/issue-words.ts";
import { useBuilder, useEditorState } from "./builder-context.ts";

/** How many problems there are, and the way to each. */
export function Problems() {
  const { goTo } = useBuilder();
  const issues = useEditorState((state) => state.issues);
  const hasErrors = issues.some((issue) => issue.severity === "error");
  if (issues.length === 0) {
    return (
      <Button
        size="xs"
        variant="subtle"
        color="teal"
        leftSection={<IconCircleCheck size={15} aria-hidden="true" />}
        style={{ pointerEvents: "none" }}
        tabIndex={-1}
      >
        No problems
      </Button>
    );
  }
  return (
    <Menu width={400} position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          size="xs"
          variant="subtle"
          color={hasErrors ? "red" : "orange"}
          leftSection={<IconAlertCircle size={15} aria-hidden="true" />}
        >
          {issueWords(issues)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Problems of this flow">
        <div style={{ maxHeight: 420, overflowY: "auto" }}>
          {issues.map((issue) => (
            <Menu.Item
              key={`${issue.code}/${issue.card}/${issue.field?.join("/")}/${issue.message}`}
              leftSection={
                issue.severity === "error" ? (
                  <IconAlertCircle size={15} color="var(--mantine-color-error)" aria-label="Problem" />
                ) : (
                  <IconAlertTriangle size={15} color="var(--mantine-color-orange-7)" aria-label="Warning" />
                )
              }
              onClick={() => {
                if (issue.card !== undefined) goTo(issue.card, issue.field ?? []);
              }}
            >
              {issue.message}
            </Menu.Item>
          ))}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}
