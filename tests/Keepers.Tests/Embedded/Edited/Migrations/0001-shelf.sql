create table shop.shelf (id bigint primary key, label text not null);
