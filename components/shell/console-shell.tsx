"use client";

import {
  ActionIcon,
  AppShell,
  Avatar,
  Menu,
  NavLink,
  Tooltip,
  useMantineColorScheme,
  VisuallyHidden,
} from "@mantine/core";
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import {
  IconArrowsSplit2,
  IconFlask,
  IconHandClick,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconListDetails,
  IconLogout,
  IconMoon,
  IconPlugConnected,
  IconSettings,
  IconSun,
  IconSunMoon,
} from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { MeProvider, ONLY_LOOKING, useMe } from "#components/accounts/may.tsx";
import { AlarmBell } from "#components/alarms/alarm-bell.tsx";
import type { Permission } from "#lib/api/endpoint.ts";
import type { Me } from "#lib/api/settings.ts";
import classes from "./console-shell.module.css";
import { useSignOut } from "./use-sign-out.ts";

interface NavPage {
  href: string;
  label: string;
  icon: typeof IconFlask;
  /** Without it there is nothing to do on the page. */
  needs?: Permission;
}

const PAGES: readonly NavPage[] = [
  { href: "/flows", label: "Flows", icon: IconArrowsSplit2 },
  { href: "/executions", label: "Executions", icon: IconListDetails },
  { href: "/run", label: "Run by hand", icon: IconHandClick, needs: "executions.run" },
  { href: "/connections", label: "Connections", icon: IconPlugConnected },
  { href: "/sandbox", label: "Sandbox org", icon: IconFlask },
  { href: "/settings", label: "Settings", icon: IconSettings },
];

const NARROW = 60;
const WIDE = 208;

/** Every page of the console for the account that is signed in, with the navigation beside it. */
export function ConsoleShell({ children, me }: { children: ReactNode; me: Me }) {
  return (
    <MeProvider me={me}>
      <Shell>{children}</Shell>
    </MeProvider>
  );
}

/** Narrow by choice; the choice is remembered in this browser. */
function Shell({ children }: { children: ReactNode }) {
  const me = useMe();
  const pathname = usePathname();
  const [chosen, setNarrow] = useLocalStorage<boolean | null>({
    key: "flowdeck-narrow-navigation",
    defaultValue: null,
  });
  // The builder has a palette and a form beside its canvas: on a small screen the canvas needs the room more.
  const smallScreen = useMediaQuery("(max-width: 1500px)", false);
  // Beside the wide one, nothing of a page could be read on a phone.
  const tiny = useMediaQuery("(max-width: 700px)", false);
  const narrow = tiny || (chosen ?? (smallScreen && pathname.startsWith("/flows/")));
  const toggleLabel = narrow ? "Widen navigation" : "Narrow navigation";
  return (
    <AppShell navbar={{ width: narrow ? NARROW : WIDE, breakpoint: 0 }} padding={0} transitionDuration={0}>
      <a href="#main" className={classes.skip}>
        Skip to content
      </a>
      <AppShell.Navbar className={classes.navbar} data-narrow={narrow || undefined} aria-label="Main">
        <Link href="/flows" className={classes.brand} aria-label="Flowdeck, home">
          <Mark />
          {narrow ? null : <span>Flowdeck</span>}
        </Link>
        <div className={classes.links}>
          {PAGES.map(({ href, label, icon: Icon, needs }) => {
            if (needs !== undefined && !me?.permissions.includes(needs)) return null;
            const active = pathname === href || pathname.startsWith(`${href}/`);
            return (
              <Tooltip key={href} label={label} position="right" disabled={!narrow}>
                <NavLink
                  component={Link}
                  href={href}
                  active={active}
                  aria-current={active ? "page" : undefined}
                  aria-label={narrow ? label : undefined}
                  label={narrow ? undefined : label}
                  leftSection={<Icon size={18} stroke={1.6} aria-hidden="true" />}
                  className={classes.link}
                />
              </Tooltip>
            );
          })}
        </div>
        <AlarmBell narrow={narrow} className={classes.link} />
        <div className={classes.foot}>
          <AccountMenu narrow={narrow} />
          {tiny ? null : (
            <Tooltip label={toggleLabel} position="right">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={toggleLabel}
                onClick={() => setNarrow(!narrow)}
              >
                {narrow ? (
                  <IconLayoutSidebarLeftExpand size={18} />
                ) : (
                  <IconLayoutSidebarLeftCollapse size={18} />
                )}
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

function AccountMenu({ narrow }: { narrow: boolean }) {
  const { name: userName = "", role } = useMe() ?? {};
  const looking = role === "viewer";
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const schemes = [
    { value: "light", label: "Light", icon: IconSun },
    { value: "dark", label: "Dark", icon: IconMoon },
    { value: "auto", label: "Like the system", icon: IconSunMoon },
  ] as const;
  return (
    <Menu position="top-start" width={200}>
      <Menu.Target>
        <button type="button" className={classes.account}>
          <Avatar size={26} radius="xl" name={userName} color="blue" aria-hidden="true" />
          {narrow ? (
            <VisuallyHidden>Account of {userName}</VisuallyHidden>
          ) : (
            <span>
              {userName}
              {looking ? <small className={classes.role}>Viewer</small> : null}
            </span>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {looking ? <Menu.Label>{ONLY_LOOKING}</Menu.Label> : null}
        <Menu.Label>Appearance</Menu.Label>
        {schemes.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} aria-hidden="true" />}
            onClick={() => setColorScheme(value)}
            aria-current={colorScheme === value ? "true" : undefined}
            fw={colorScheme === value ? 600 : undefined}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden="true" />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Two cards and the line between them. */
function Mark() {
  return (
    <svg className={classes.mark} viewBox="0 0 22 22" aria-hidden="true">
      <rect x="1" y="2.5" width="9" height="9" rx="2.5" fill="currentColor" />
      <rect x="12" y="10.5" width="9" height="9" rx="2.5" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M10 7h4.5a2 2 0 0 1 2 2v1.5" fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}
