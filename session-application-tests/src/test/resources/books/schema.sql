create table if not exists user_entities (
	id varchar(1000) not null primary key,
	name varchar(100) not null,
	display_name varchar(200)
);
create table if not exists user_credentials (
	credential_id varchar(1000) not null primary key,
	user_entity_user_id varchar(1000) not null,
	public_key bytea not null,
	signature_count bigint,
	uv_initialized boolean,
	backup_eligible boolean not null,
	authenticator_transports varchar(1000),
	public_key_credential_type varchar(100),
	backup_state boolean not null,
	attestation_object bytea,
	attestation_client_data_json bytea,
	created timestamp,
	last_used timestamp,
	label varchar(1000) not null
);
create table if not exists one_time_tokens (
	token_value varchar(36) not null primary key,
	username varchar(50) not null,
	expires_at timestamp not null
);
create table if not exists oauth2_authorized_client (
	client_registration_id varchar(100) not null,
	principal_name varchar(200) not null,
	access_token_type varchar(100) not null,
	access_token_value bytea not null,
	access_token_issued_at timestamp not null,
	access_token_expires_at timestamp not null,
	access_token_scopes varchar(1000),
	refresh_token_value bytea,
	refresh_token_issued_at timestamp,
	created_at timestamp default current_timestamp not null,
	primary key (client_registration_id, principal_name)
);
