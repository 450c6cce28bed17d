"use client";

import { Button, SegmentedControl, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { ConnectByConsent } from "./connect-by-consent.tsx";
import { ConnectByService } from "./connect-by-service.tsx";
import { ConnectByToken } from "./connect-by-token.tsx";
import { keptConsent } from "./kept-consent.ts";
import type { Existing } from "./same-org.ts";

/** Opens the form that connects an Okta org. @param props.existing connections there are */
export function ConnectOrgButton({ existing }: { existing: Existing[] }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={open}>
        Connect an org
      </Button>
      {opened ? <ConnectOrgDialog existing={existing} onClose={close} /> : null}
    </>
  );
}

/** Opens the form of a consent that failed, as it was filled in; nothing where none was kept. */
export function ConsentAgainButton({ existing }: { existing: Existing[] }) {
  const [opened, { open, close }] = useDisclosure();
  const [kept, setKept] = useState(false);
  // Only the browser knows; the server renders no button.
  useEffect(() => setKept(keptConsent() !== undefined), []);
  if (!kept) return null;
  return (
    <>
      <Button size="xs" variant="default" mt="xs" onClick={open}>
        Open the form again
      </Button>
      {opened ? <ConnectOrgDialog existing={existing} first="consent" onClose={close} /> : null}
    </>
  );
}

const WAYS = {
  token: { label: "API token", Form: ConnectByToken },
  consent: { label: "OAuth 2.0", Form: ConnectByConsent },
  service: { label: "Service app", Form: ConnectByService },
};
type Way = keyof typeof WAYS;
const CHOICES = [
  { value: "token", label: WAYS.token.label },
  { value: "consent", label: WAYS.consent.label },
  { value: "service", label: WAYS.service.label },
] satisfies { value: Way; label: string }[];

function ConnectOrgDialog(props: { existing: Existing[]; first?: Way; onClose: () => void }) {
  const { existing, first = "token", onClose } = props;
  const [way, setWay] = useState<Way>(first);
  const { Form } = WAYS[way];
  return (
    <Dialog onClose={onClose} title="Connect an Okta org" size="lg">
      <Stack>
        <SegmentedControl
          aria-label="How the org is authorized"
          fullWidth
          data={CHOICES}
          value={way}
          onChange={setWay}
        />
        <Form existing={existing} onClose={onClose} />
      </Stack>
    </Dialog>
  );
}
