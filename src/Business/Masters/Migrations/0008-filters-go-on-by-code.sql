-- A list that is filtered by a field, or sorted by it, goes on by code: the index does the same.

drop index masters.unit_of_measure_dimension_at;
create index unit_of_measure_dimension_at on masters.unit_of_measure (company, dimension, code, id);

drop index masters.party_group_parent_group_at;
create index party_group_parent_group_at on masters.party_group (company, parent_group, code, id);

drop index masters.party_name_at;
create index party_name_at on masters.party (company, name, code, id);
drop index masters.party_party_group_at;
create index party_party_group_at on masters.party (company, party_group, code, id);
drop index masters.party_country_at;
create index party_country_at on masters.party (company, country, code, id);
drop index masters.party_merged_into_at;
create index party_merged_into_at on masters.party (company, merged_into, code, id);

drop index masters.item_group_parent_group_at;
create index item_group_parent_group_at on masters.item_group (company, parent_group, code, id);

drop index masters.item_name_at;
create index item_name_at on masters.item (company, name, code, id);
drop index masters.item_kind_at;
create index item_kind_at on masters.item (company, kind, code, id);
drop index masters.item_item_group_at;
create index item_item_group_at on masters.item (company, item_group, code, id);
drop index masters.item_gtin_at;
create index item_gtin_at on masters.item (company, gtin, code, id);
drop index masters.item_hs_code_at;
create index item_hs_code_at on masters.item (company, hs_code, code, id);
drop index masters.item_tax_class_at;
create index item_tax_class_at on masters.item (company, tax_class, code, id);
