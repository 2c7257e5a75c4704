-- A list that is filtered by a field, or sorted by it, goes on by code: the index does the same.

drop index finance.customer_name_at;
create index customer_name_at on finance.customer (company, name, code, id);
drop index finance.customer_payment_terms_at;
create index customer_payment_terms_at on finance.customer (company, payment_terms, code, id);

drop index finance.supplier_name_at;
create index supplier_name_at on finance.supplier (company, name, code, id);
drop index finance.supplier_payment_terms_at;
create index supplier_payment_terms_at on finance.supplier (company, payment_terms, code, id);
