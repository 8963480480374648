import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_articles_origin_type" AS ENUM('original', 'repost');
  CREATE TYPE "public"."enum_articles_kind" AS ENUM('update', 'frontier', 'notice', 'interpretation', 'approval', 'information');
  CREATE TYPE "public"."enum_articles_state" AS ENUM('draft', 'first-review', 'second-review', 'final-review', 'scheduled', 'published', 'withdrawn');
  CREATE TYPE "public"."enum_policies_subject" AS ENUM('机构设置', '编制管理', '事业单位', '职责配置', '监督检查', '登记管理', '综合', '法律法规');
  CREATE TYPE "public"."enum_policies_genre" AS ENUM('通知', '意见', '办法', '规定', '方案', '细则', '条例', '法律', '决定', '解释', '其他');
  CREATE TYPE "public"."enum_policies_validity" AS ENUM('in-force', 'amended', 'repealed', 'expired', 'unknown');
  CREATE TYPE "public"."enum_policies_state" AS ENUM('draft', 'first-review', 'second-review', 'final-review', 'scheduled', 'published', 'withdrawn');
  CREATE TYPE "public"."enum_letters_kind" AS ENUM('inquiry', 'complaint', 'suggestion', 'error-report');
  CREATE TYPE "public"."enum_letters_state" AS ENUM('draft', 'first-review', 'second-review', 'final-review', 'scheduled', 'published', 'withdrawn');
  CREATE TYPE "public"."enum_import_batches_state" AS ENUM('draft', 'first-review', 'second-review', 'final-review', 'scheduled', 'published', 'withdrawn');
  CREATE TYPE "public"."enum_sites_level" AS ENUM('province', 'city', 'county');
  CREATE TYPE "public"."enum_sites_region" AS ENUM('sunan', 'suzhong', 'subei');
  CREATE TYPE "public"."enum_columns_kind" AS ENUM('update', 'frontier', 'notice', 'policy', 'interpretation', 'approval', 'information', 'letter');
  CREATE TYPE "public"."enum_users_grants_duty" AS ENUM('province-admin', 'site-admin', 'template-steward', 'editor', 'first-reviewer', 'second-reviewer', 'final-reviewer', 'inspector', 'security-admin', 'audit-admin');
  CREATE TABLE "articles_attachments" (
  	"_order" integer NOT NULL,
  	"_parent_id" integer NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"file_id" integer NOT NULL,
  	"title" varchar
  );
  
  CREATE TABLE "articles" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"title" varchar NOT NULL,
  	"subtitle" varchar,
  	"summary" varchar,
  	"body" jsonb,
  	"picture_id" integer,
  	"origin_type" "enum_articles_origin_type" DEFAULT 'original',
  	"origin_source" varchar,
  	"origin_url" varchar,
  	"column_id" integer,
  	"kind" "enum_articles_kind" DEFAULT 'update',
  	"state" "enum_articles_state" DEFAULT 'draft' NOT NULL,
  	"version" numeric DEFAULT 1 NOT NULL,
  	"is_live" boolean DEFAULT false,
  	"published_at" timestamp(3) with time zone,
  	"scheduled_for" timestamp(3) with time zone,
  	"review_due_at" timestamp(3) with time zone,
  	"waiting_since" timestamp(3) with time zone,
  	"author_id" integer,
  	"site_id" integer NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "articles_texts" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer NOT NULL,
  	"parent_id" integer NOT NULL,
  	"path" varchar NOT NULL,
  	"text" varchar
  );
  
  CREATE TABLE "articles_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" integer NOT NULL,
  	"path" varchar NOT NULL,
  	"policies_id" integer
  );
  
  CREATE TABLE "policies_attachments" (
  	"_order" integer NOT NULL,
  	"_parent_id" integer NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"file_id" integer NOT NULL,
  	"title" varchar
  );
  
  CREATE TABLE "policies" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"title" varchar NOT NULL,
  	"document_number" varchar,
  	"issuer" varchar,
  	"subject" "enum_policies_subject" DEFAULT '综合',
  	"genre" "enum_policies_genre" DEFAULT '通知',
  	"validity" "enum_policies_validity" DEFAULT 'in-force',
  	"issued_on" timestamp(3) with time zone,
  	"effective_on" timestamp(3) with time zone,
  	"repealed_on" timestamp(3) with time zone,
  	"summary" varchar,
  	"body" jsonb,
  	"applicability" varchar,
  	"history" jsonb,
  	"source_id" varchar,
  	"batch_id" integer,
  	"content_digest" varchar,
  	"findings" jsonb,
  	"column_id" integer,
  	"state" "enum_policies_state" DEFAULT 'draft' NOT NULL,
  	"version" numeric DEFAULT 1 NOT NULL,
  	"is_live" boolean DEFAULT false,
  	"published_at" timestamp(3) with time zone,
  	"scheduled_for" timestamp(3) with time zone,
  	"review_due_at" timestamp(3) with time zone,
  	"waiting_since" timestamp(3) with time zone,
  	"author_id" integer,
  	"site_id" integer NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "policies_texts" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer NOT NULL,
  	"parent_id" integer NOT NULL,
  	"path" varchar NOT NULL,
  	"text" varchar
  );
  
  CREATE TABLE "letters" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"kind" "enum_letters_kind" NOT NULL,
  	"received_at" timestamp(3) with time zone NOT NULL,
  	"due_at" timestamp(3) with time zone NOT NULL,
  	"title" varchar NOT NULL,
  	"text" varchar NOT NULL,
  	"about" varchar,
  	"sender_name" varchar NOT NULL,
  	"sender_contact" varchar NOT NULL,
  	"may_publish" boolean DEFAULT false,
  	"code_hash" varchar NOT NULL,
  	"answer" varchar,
  	"is_public" boolean DEFAULT false,
  	"public_title" varchar,
  	"public_text" varchar,
  	"state" "enum_letters_state" DEFAULT 'draft' NOT NULL,
  	"version" numeric DEFAULT 1 NOT NULL,
  	"is_live" boolean DEFAULT false,
  	"published_at" timestamp(3) with time zone,
  	"scheduled_for" timestamp(3) with time zone,
  	"review_due_at" timestamp(3) with time zone,
  	"waiting_since" timestamp(3) with time zone,
  	"author_id" integer,
  	"site_id" integer NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "import_batches" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"title" varchar NOT NULL,
  	"documents" numeric DEFAULT 0 NOT NULL,
  	"is_complete" boolean DEFAULT false,
  	"refused" numeric DEFAULT 0,
  	"findings" numeric DEFAULT 0,
  	"released" numeric DEFAULT 0,
  	"file_name" varchar,
  	"report" jsonb,
  	"column_id" integer,
  	"state" "enum_import_batches_state" DEFAULT 'draft' NOT NULL,
  	"version" numeric DEFAULT 1 NOT NULL,
  	"is_live" boolean DEFAULT false,
  	"published_at" timestamp(3) with time zone,
  	"scheduled_for" timestamp(3) with time zone,
  	"review_due_at" timestamp(3) with time zone,
  	"waiting_since" timestamp(3) with time zone,
  	"author_id" integer,
  	"site_id" integer NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "media" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"alt" varchar,
  	"caption" varchar,
  	"hashes" jsonb,
  	"site_id" integer NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"url" varchar,
  	"thumbnail_u_r_l" varchar,
  	"filename" varchar,
  	"mime_type" varchar,
  	"filesize" numeric,
  	"width" numeric,
  	"height" numeric,
  	"focal_x" numeric,
  	"focal_y" numeric,
  	"sizes_small_url" varchar,
  	"sizes_small_width" numeric,
  	"sizes_small_height" numeric,
  	"sizes_small_mime_type" varchar,
  	"sizes_small_filesize" numeric,
  	"sizes_small_filename" varchar,
  	"sizes_medium_url" varchar,
  	"sizes_medium_width" numeric,
  	"sizes_medium_height" numeric,
  	"sizes_medium_mime_type" varchar,
  	"sizes_medium_filesize" numeric,
  	"sizes_medium_filename" varchar,
  	"sizes_large_url" varchar,
  	"sizes_large_width" numeric,
  	"sizes_large_height" numeric,
  	"sizes_large_mime_type" varchar,
  	"sizes_large_filesize" numeric,
  	"sizes_large_filename" varchar
  );
  
  CREATE TABLE "sites" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"office" varchar NOT NULL,
  	"slug" varchar NOT NULL,
  	"domain" varchar,
  	"release" varchar DEFAULT 'standard-1' NOT NULL,
  	"level" "enum_sites_level" NOT NULL,
  	"region" "enum_sites_region",
  	"division" varchar NOT NULL,
  	"division_code" varchar NOT NULL,
  	"parent_id" integer,
  	"path" varchar NOT NULL,
  	"may_drafter_review_first" boolean DEFAULT false,
  	"footer_address" varchar,
  	"footer_phone" varchar,
  	"footer_email" varchar,
  	"footer_site_id_code" varchar,
  	"footer_icp_record" varchar,
  	"footer_public_security_record" varchar,
  	"footer_organ_mark_url" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "columns" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"key" varchar NOT NULL,
  	"kind" "enum_columns_kind" DEFAULT 'update' NOT NULL,
  	"description" varchar NOT NULL,
  	"order" numeric DEFAULT 100 NOT NULL,
  	"is_mandated" boolean DEFAULT false,
  	"site_id" integer NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "users_grants" (
  	"_order" integer NOT NULL,
  	"_parent_id" integer NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"duty" "enum_users_grants_duty" NOT NULL,
  	"site_id" integer NOT NULL,
  	"include_subtree" boolean DEFAULT false,
  	"from" timestamp(3) with time zone,
  	"until" timestamp(3) with time zone
  );
  
  CREATE TABLE "users_sessions" (
  	"_order" integer NOT NULL,
  	"_parent_id" integer NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"created_at" timestamp(3) with time zone,
  	"expires_at" timestamp(3) with time zone NOT NULL
  );
  
  CREATE TABLE "users" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"unit" varchar NOT NULL,
  	"must_change_password" boolean DEFAULT true,
  	"site_id" integer NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"email" varchar NOT NULL,
  	"reset_password_token" varchar,
  	"reset_password_expiration" timestamp(3) with time zone,
  	"salt" varchar,
  	"hash" varchar,
  	"reset_password_requested_at" timestamp(3) with time zone,
  	"login_attempts" numeric DEFAULT 0,
  	"lock_until" timestamp(3) with time zone
  );
  
  CREATE TABLE "payload_kv" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"key" varchar NOT NULL,
  	"data" jsonb NOT NULL
  );
  
  CREATE TABLE "payload_locked_documents" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"global_slug" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "payload_locked_documents_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" integer NOT NULL,
  	"path" varchar NOT NULL,
  	"media_id" integer,
  	"sites_id" integer,
  	"columns_id" integer,
  	"users_id" integer
  );
  
  CREATE TABLE "payload_preferences" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"key" varchar,
  	"value" jsonb,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "payload_preferences_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" integer NOT NULL,
  	"path" varchar NOT NULL,
  	"users_id" integer
  );
  
  CREATE TABLE "payload_migrations" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar,
  	"batch" numeric,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "articles_attachments" ADD CONSTRAINT "articles_attachments_file_id_media_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "articles_attachments" ADD CONSTRAINT "articles_attachments_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "articles" ADD CONSTRAINT "articles_picture_id_media_id_fk" FOREIGN KEY ("picture_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "articles" ADD CONSTRAINT "articles_column_id_columns_id_fk" FOREIGN KEY ("column_id") REFERENCES "public"."columns"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "articles" ADD CONSTRAINT "articles_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "articles" ADD CONSTRAINT "articles_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "articles_texts" ADD CONSTRAINT "articles_texts_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "articles_rels" ADD CONSTRAINT "articles_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "articles_rels" ADD CONSTRAINT "articles_rels_policies_fk" FOREIGN KEY ("policies_id") REFERENCES "public"."policies"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "policies_attachments" ADD CONSTRAINT "policies_attachments_file_id_media_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "policies_attachments" ADD CONSTRAINT "policies_attachments_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."policies"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "policies" ADD CONSTRAINT "policies_batch_id_import_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."import_batches"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "policies" ADD CONSTRAINT "policies_column_id_columns_id_fk" FOREIGN KEY ("column_id") REFERENCES "public"."columns"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "policies" ADD CONSTRAINT "policies_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "policies" ADD CONSTRAINT "policies_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "policies_texts" ADD CONSTRAINT "policies_texts_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."policies"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "letters" ADD CONSTRAINT "letters_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "letters" ADD CONSTRAINT "letters_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "import_batches" ADD CONSTRAINT "import_batches_column_id_columns_id_fk" FOREIGN KEY ("column_id") REFERENCES "public"."columns"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "import_batches" ADD CONSTRAINT "import_batches_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "import_batches" ADD CONSTRAINT "import_batches_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "media" ADD CONSTRAINT "media_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "sites" ADD CONSTRAINT "sites_parent_id_sites_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "columns" ADD CONSTRAINT "columns_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "users_grants" ADD CONSTRAINT "users_grants_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "users_grants" ADD CONSTRAINT "users_grants_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "users_sessions" ADD CONSTRAINT "users_sessions_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "users" ADD CONSTRAINT "users_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."payload_locked_documents"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_media_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_sites_fk" FOREIGN KEY ("sites_id") REFERENCES "public"."sites"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_columns_fk" FOREIGN KEY ("columns_id") REFERENCES "public"."columns"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_locked_documents_rels" ADD CONSTRAINT "payload_locked_documents_rels_users_fk" FOREIGN KEY ("users_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_preferences_rels" ADD CONSTRAINT "payload_preferences_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."payload_preferences"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_preferences_rels" ADD CONSTRAINT "payload_preferences_rels_users_fk" FOREIGN KEY ("users_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  CREATE INDEX "articles_attachments_order_idx" ON "articles_attachments" USING btree ("_order");
  CREATE INDEX "articles_attachments_parent_id_idx" ON "articles_attachments" USING btree ("_parent_id");
  CREATE INDEX "articles_attachments_file_idx" ON "articles_attachments" USING btree ("file_id");
  CREATE INDEX "articles_picture_idx" ON "articles" USING btree ("picture_id");
  CREATE INDEX "articles_column_idx" ON "articles" USING btree ("column_id");
  CREATE INDEX "articles_kind_idx" ON "articles" USING btree ("kind");
  CREATE INDEX "articles_state_idx" ON "articles" USING btree ("state");
  CREATE INDEX "articles_published_at_idx" ON "articles" USING btree ("published_at");
  CREATE INDEX "articles_author_idx" ON "articles" USING btree ("author_id");
  CREATE INDEX "articles_site_idx" ON "articles" USING btree ("site_id");
  CREATE INDEX "articles_updated_at_idx" ON "articles" USING btree ("updated_at");
  CREATE INDEX "articles_created_at_idx" ON "articles" USING btree ("created_at");
  CREATE INDEX "site_publishedAt_idx" ON "articles" USING btree ("site_id","published_at");
  CREATE INDEX "site_state_idx" ON "articles" USING btree ("site_id","state");
  CREATE INDEX "articles_texts_order_parent" ON "articles_texts" USING btree ("order","parent_id");
  CREATE INDEX "articles_rels_order_idx" ON "articles_rels" USING btree ("order");
  CREATE INDEX "articles_rels_parent_idx" ON "articles_rels" USING btree ("parent_id");
  CREATE INDEX "articles_rels_path_idx" ON "articles_rels" USING btree ("path");
  CREATE INDEX "articles_rels_policies_id_idx" ON "articles_rels" USING btree ("policies_id");
  CREATE INDEX "policies_attachments_order_idx" ON "policies_attachments" USING btree ("_order");
  CREATE INDEX "policies_attachments_parent_id_idx" ON "policies_attachments" USING btree ("_parent_id");
  CREATE INDEX "policies_attachments_file_idx" ON "policies_attachments" USING btree ("file_id");
  CREATE INDEX "policies_document_number_idx" ON "policies" USING btree ("document_number");
  CREATE INDEX "policies_source_id_idx" ON "policies" USING btree ("source_id");
  CREATE INDEX "policies_batch_idx" ON "policies" USING btree ("batch_id");
  CREATE INDEX "policies_column_idx" ON "policies" USING btree ("column_id");
  CREATE INDEX "policies_state_idx" ON "policies" USING btree ("state");
  CREATE INDEX "policies_published_at_idx" ON "policies" USING btree ("published_at");
  CREATE INDEX "policies_author_idx" ON "policies" USING btree ("author_id");
  CREATE INDEX "policies_site_idx" ON "policies" USING btree ("site_id");
  CREATE INDEX "policies_updated_at_idx" ON "policies" USING btree ("updated_at");
  CREATE INDEX "policies_created_at_idx" ON "policies" USING btree ("created_at");
  CREATE UNIQUE INDEX "site_sourceId_idx" ON "policies" USING btree ("site_id","source_id");
  CREATE INDEX "site_publishedAt_1_idx" ON "policies" USING btree ("site_id","published_at");
  CREATE INDEX "site_state_1_idx" ON "policies" USING btree ("site_id","state");
  CREATE INDEX "policies_texts_order_parent" ON "policies_texts" USING btree ("order","parent_id");
  CREATE INDEX "letters_due_at_idx" ON "letters" USING btree ("due_at");
  CREATE UNIQUE INDEX "letters_code_hash_idx" ON "letters" USING btree ("code_hash");
  CREATE INDEX "letters_state_idx" ON "letters" USING btree ("state");
  CREATE INDEX "letters_published_at_idx" ON "letters" USING btree ("published_at");
  CREATE INDEX "letters_author_idx" ON "letters" USING btree ("author_id");
  CREATE INDEX "letters_site_idx" ON "letters" USING btree ("site_id");
  CREATE INDEX "letters_updated_at_idx" ON "letters" USING btree ("updated_at");
  CREATE INDEX "letters_created_at_idx" ON "letters" USING btree ("created_at");
  CREATE INDEX "site_publishedAt_2_idx" ON "letters" USING btree ("site_id","published_at");
  CREATE INDEX "site_state_2_idx" ON "letters" USING btree ("site_id","state");
  CREATE INDEX "import_batches_column_idx" ON "import_batches" USING btree ("column_id");
  CREATE INDEX "import_batches_state_idx" ON "import_batches" USING btree ("state");
  CREATE INDEX "import_batches_published_at_idx" ON "import_batches" USING btree ("published_at");
  CREATE INDEX "import_batches_author_idx" ON "import_batches" USING btree ("author_id");
  CREATE INDEX "import_batches_site_idx" ON "import_batches" USING btree ("site_id");
  CREATE INDEX "import_batches_updated_at_idx" ON "import_batches" USING btree ("updated_at");
  CREATE INDEX "import_batches_created_at_idx" ON "import_batches" USING btree ("created_at");
  CREATE INDEX "site_publishedAt_3_idx" ON "import_batches" USING btree ("site_id","published_at");
  CREATE INDEX "site_state_3_idx" ON "import_batches" USING btree ("site_id","state");
  CREATE INDEX "media_site_idx" ON "media" USING btree ("site_id");
  CREATE INDEX "media_updated_at_idx" ON "media" USING btree ("updated_at");
  CREATE INDEX "media_created_at_idx" ON "media" USING btree ("created_at");
  CREATE UNIQUE INDEX "media_filename_idx" ON "media" USING btree ("filename");
  CREATE INDEX "media_sizes_small_sizes_small_filename_idx" ON "media" USING btree ("sizes_small_filename");
  CREATE INDEX "media_sizes_medium_sizes_medium_filename_idx" ON "media" USING btree ("sizes_medium_filename");
  CREATE INDEX "media_sizes_large_sizes_large_filename_idx" ON "media" USING btree ("sizes_large_filename");
  CREATE UNIQUE INDEX "sites_slug_idx" ON "sites" USING btree ("slug");
  CREATE UNIQUE INDEX "sites_division_code_idx" ON "sites" USING btree ("division_code");
  CREATE INDEX "sites_parent_idx" ON "sites" USING btree ("parent_id");
  CREATE UNIQUE INDEX "sites_path_idx" ON "sites" USING btree ("path");
  CREATE INDEX "sites_updated_at_idx" ON "sites" USING btree ("updated_at");
  CREATE INDEX "sites_created_at_idx" ON "sites" USING btree ("created_at");
  CREATE INDEX "columns_key_idx" ON "columns" USING btree ("key");
  CREATE INDEX "columns_site_idx" ON "columns" USING btree ("site_id");
  CREATE INDEX "columns_updated_at_idx" ON "columns" USING btree ("updated_at");
  CREATE INDEX "columns_created_at_idx" ON "columns" USING btree ("created_at");
  CREATE UNIQUE INDEX "site_key_idx" ON "columns" USING btree ("site_id","key");
  CREATE INDEX "users_grants_order_idx" ON "users_grants" USING btree ("_order");
  CREATE INDEX "users_grants_parent_id_idx" ON "users_grants" USING btree ("_parent_id");
  CREATE INDEX "users_grants_site_idx" ON "users_grants" USING btree ("site_id");
  CREATE INDEX "users_sessions_order_idx" ON "users_sessions" USING btree ("_order");
  CREATE INDEX "users_sessions_parent_id_idx" ON "users_sessions" USING btree ("_parent_id");
  CREATE INDEX "users_site_idx" ON "users" USING btree ("site_id");
  CREATE INDEX "users_updated_at_idx" ON "users" USING btree ("updated_at");
  CREATE INDEX "users_created_at_idx" ON "users" USING btree ("created_at");
  CREATE UNIQUE INDEX "users_email_idx" ON "users" USING btree ("email");
  CREATE UNIQUE INDEX "payload_kv_key_idx" ON "payload_kv" USING btree ("key");
  CREATE INDEX "payload_locked_documents_global_slug_idx" ON "payload_locked_documents" USING btree ("global_slug");
  CREATE INDEX "payload_locked_documents_updated_at_idx" ON "payload_locked_documents" USING btree ("updated_at");
  CREATE INDEX "payload_locked_documents_created_at_idx" ON "payload_locked_documents" USING btree ("created_at");
  CREATE INDEX "payload_locked_documents_rels_order_idx" ON "payload_locked_documents_rels" USING btree ("order");
  CREATE INDEX "payload_locked_documents_rels_parent_idx" ON "payload_locked_documents_rels" USING btree ("parent_id");
  CREATE INDEX "payload_locked_documents_rels_path_idx" ON "payload_locked_documents_rels" USING btree ("path");
  CREATE INDEX "payload_locked_documents_rels_media_id_idx" ON "payload_locked_documents_rels" USING btree ("media_id");
  CREATE INDEX "payload_locked_documents_rels_sites_id_idx" ON "payload_locked_documents_rels" USING btree ("sites_id");
  CREATE INDEX "payload_locked_documents_rels_columns_id_idx" ON "payload_locked_documents_rels" USING btree ("columns_id");
  CREATE INDEX "payload_locked_documents_rels_users_id_idx" ON "payload_locked_documents_rels" USING btree ("users_id");
  CREATE INDEX "payload_preferences_key_idx" ON "payload_preferences" USING btree ("key");
  CREATE INDEX "payload_preferences_updated_at_idx" ON "payload_preferences" USING btree ("updated_at");
  CREATE INDEX "payload_preferences_created_at_idx" ON "payload_preferences" USING btree ("created_at");
  CREATE INDEX "payload_preferences_rels_order_idx" ON "payload_preferences_rels" USING btree ("order");
  CREATE INDEX "payload_preferences_rels_parent_idx" ON "payload_preferences_rels" USING btree ("parent_id");
  CREATE INDEX "payload_preferences_rels_path_idx" ON "payload_preferences_rels" USING btree ("path");
  CREATE INDEX "payload_preferences_rels_users_id_idx" ON "payload_preferences_rels" USING btree ("users_id");
  CREATE INDEX "payload_migrations_updated_at_idx" ON "payload_migrations" USING btree ("updated_at");
  CREATE INDEX "payload_migrations_created_at_idx" ON "payload_migrations" USING btree ("created_at");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "articles_attachments" CASCADE;
  DROP TABLE "articles" CASCADE;
  DROP TABLE "articles_texts" CASCADE;
  DROP TABLE "articles_rels" CASCADE;
  DROP TABLE "policies_attachments" CASCADE;
  DROP TABLE "policies" CASCADE;
  DROP TABLE "policies_texts" CASCADE;
  DROP TABLE "letters" CASCADE;
  DROP TABLE "import_batches" CASCADE;
  DROP TABLE "media" CASCADE;
  DROP TABLE "sites" CASCADE;
  DROP TABLE "columns" CASCADE;
  DROP TABLE "users_grants" CASCADE;
  DROP TABLE "users_sessions" CASCADE;
  DROP TABLE "users" CASCADE;
  DROP TABLE "payload_kv" CASCADE;
  DROP TABLE "payload_locked_documents" CASCADE;
  DROP TABLE "payload_locked_documents_rels" CASCADE;
  DROP TABLE "payload_preferences" CASCADE;
  DROP TABLE "payload_preferences_rels" CASCADE;
  DROP TABLE "payload_migrations" CASCADE;
  DROP TYPE "public"."enum_articles_origin_type";
  DROP TYPE "public"."enum_articles_kind";
  DROP TYPE "public"."enum_articles_state";
  DROP TYPE "public"."enum_policies_subject";
  DROP TYPE "public"."enum_policies_genre";
  DROP TYPE "public"."enum_policies_validity";
  DROP TYPE "public"."enum_policies_state";
  DROP TYPE "public"."enum_letters_kind";
  DROP TYPE "public"."enum_letters_state";
  DROP TYPE "public"."enum_import_batches_state";
  DROP TYPE "public"."enum_sites_level";
  DROP TYPE "public"."enum_sites_region";
  DROP TYPE "public"."enum_columns_kind";
  DROP TYPE "public"."enum_users_grants_duty";`)
}
