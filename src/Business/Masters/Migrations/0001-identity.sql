-- Who may do what. All of it belongs to the installation: company is the zero id.
create table masters.role (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  code text not null constraint role_code unique,
  permissions text not null
);

-- roles: codes; companies: ids, or * for all; words separated by one blank each.
create table masters.user_account (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  name text not null constraint user_account_name unique,
  display_name text not null,
  password_hash text not null,
  roles text not null,
  companies text not null,
  disabled boolean not null,
  loopback_only boolean not null
);

create table masters.session (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  user_id uuid not null references masters.user_account,
  token_hash bytea not null constraint session_token unique,
  expires_at timestamptz not null
);
create index session_of_user on masters.session (user_id);

create table masters.api_key (
  id uuid primary key,
  company uuid not null,
  version int not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  name text not null constraint api_key_name unique,
  user_id uuid not null references masters.user_account,
  token_hash bytea not null constraint api_key_token unique,
  permissions text not null,
  companies text not null,
  expires_at timestamptz not null,
  revoked boolean not null
);
