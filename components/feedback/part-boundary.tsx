"use client";

import { Alert, Button, Text } from "@mantine/core";
import { Component, type ReactNode } from "react";

/**
 * Keeps a page alive when a part of it can't be loaded or shown: the part says so, everything else goes on. Without it
 * one missing file, for a moment without network, took the whole builder away with edits that were not saved yet.
 */
export class PartBoundary extends Component<
  { children: ReactNode; onRetry: () => void },
  { failed: boolean }
> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidMount() {
    window.addEventListener("online", this.retry);
  }

  override componentWillUnmount() {
    window.removeEventListener("online", this.retry);
  }

  /** By button, and by itself when the network is back. */
  retry = () => {
    if (!this.state.failed) return;
    this.props.onRetry();
    this.setState({ failed: false });
  };

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Alert
        color="red"
        role="alert"
        title="This part could not be loaded"
        maw={360}
        m="sm"
        style={{ alignSelf: "flex-start" }}
      >
        <Text size="sm" mb="xs">
          The console may be out of reach for a moment. Your edits are kept.
        </Text>
        <Button size="xs" variant="default" onClick={this.retry}>
          Try again
        </Button>
      </Alert>
    );
  }
}
