create table shop.shelf (id integer primary key, label text not null);
