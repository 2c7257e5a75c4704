create table shop.stone (id integer primary key);
revoke update, delete on shop.stone from m_lane;
