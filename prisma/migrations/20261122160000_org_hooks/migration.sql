-- Active, verified event hooks of the org, of whoever made them, when the hook was last looked after: Okta allows 25.
ALTER TABLE "connections" ADD COLUMN "org_hooks" INTEGER;
