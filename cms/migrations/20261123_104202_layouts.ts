import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'
import { CREATE_PUBLISHED_CHOICES } from '../database/published-choices.sql.ts'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_layouts_state" AS ENUM('draft', 'first-review', 'second-review', 'final-review', 'scheduled', 'published', 'withdrawn');
  CREATE TABLE "layouts" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"state" "enum_layouts_state" DEFAULT 'draft' NOT NULL,
  	"version" numeric DEFAULT 1 NOT NULL,
  	"is_live" boolean DEFAULT false,
  	"published_at" timestamp(3) with time zone,
  	"scheduled_for" timestamp(3) with time zone,
  	"review_due_at" timestamp(3) with time zone,
  	"waiting_since" timestamp(3) with time zone,
  	"author_id" integer,
  	"site_id" integer NOT NULL,
  	"title" varchar DEFAULT '首页布置' NOT NULL,
  	"order" jsonb,
  	"hidden" jsonb,
  	"accent" varchar,
  	"hero_picture_id" integer,
  	"links" jsonb,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "layouts" ADD CONSTRAINT "layouts_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "layouts" ADD CONSTRAINT "layouts_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "layouts" ADD CONSTRAINT "layouts_hero_picture_id_media_id_fk" FOREIGN KEY ("hero_picture_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;
  CREATE INDEX "layouts_state_idx" ON "layouts" USING btree ("state");
  CREATE INDEX "layouts_published_at_idx" ON "layouts" USING btree ("published_at");
  CREATE INDEX "layouts_author_idx" ON "layouts" USING btree ("author_id");
  CREATE INDEX "layouts_site_idx" ON "layouts" USING btree ("site_id");
  CREATE INDEX "layouts_hero_picture_idx" ON "layouts" USING btree ("hero_picture_id");
  CREATE INDEX "layouts_updated_at_idx" ON "layouts" USING btree ("updated_at");
  CREATE INDEX "layouts_created_at_idx" ON "layouts" USING btree ("created_at");
  CREATE UNIQUE INDEX "site_idx" ON "layouts" USING btree ("site_id");
  CREATE INDEX "site_publishedAt_4_idx" ON "layouts" USING btree ("site_id","published_at");
  CREATE INDEX "site_state_4_idx" ON "layouts" USING btree ("site_id","state");`)
  await db.execute(sql.raw(CREATE_PUBLISHED_CHOICES))
  // Sites that are there already get their layout; new ones are opened with it.
  await db.execute(sql`insert into layouts (site_id) select id from sites`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`drop table cluster.published_choices`)
  await db.execute(sql`
   DROP TABLE "layouts" CASCADE;
  DROP TYPE "public"."enum_layouts_state";`)
}
