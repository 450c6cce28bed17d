import { Paper, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./account-card.module.css";

/** The frame of pages outside the console: one card in the middle. */
export function AccountCard({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main className={classes.main}>
      <Paper className={classes.card} withBorder radius="lg" p={32}>
        <div className={classes.brand}>Flowdeck</div>
        <Title order={1}>{title}</Title>
        <Text c="dimmed" size="sm" mt={4} mb="lg">
          {text}
        </Text>
        {children}
      </Paper>
    </main>
  );
}
