using BusinessM.Engines.Postgres;

namespace BusinessM.Host.Checks;

/// <summary>What Finance promises of its documents, the ledger and the numbers together. It looks across schemas, which
/// no context may; it is the administrator's tool and runs as the owner.</summary>
internal static class FinanceCheck
{
    // Every numbered document: its table, id, company, state, the source kind of its journal, and whether its number is its own.
    private const string Documents = """
        document as (
          select 'finance.sales_invoice' as place, id, company, status, number, reversal_number, own_number,
            case kind when 'CreditNote' then 'finance.credit-note' else 'finance.sales-invoice' end as kind,
            posting_date as day, total as amount, base_total as base from finance.sales_invoice
          union all
          select 'finance.receipt', id, company, status, number, reversal_number, false, 'finance.receipt', received_on, null, null
            from finance.receipt
          union all
          select 'finance.journal', j.id, j.company, j.status, j.number, j.reversal_number, i.document is not null,
            'finance.journal', j.posting_date, null, null
            from finance.journal j left join finance.imported_document i on i.document = j.id)
        """;

    public static IReadOnlyList<Check> All { get; } =
    [
        new("document-journal", "Each posted document has its journal, each reversed one its reversal too, and each journal its document",
            $"""
            with {Documents},
            entry as (select id, company, source_kind, source_id, source_number, date, reverses from ledger.journal
              where source_kind in ('finance.sales-invoice', 'finance.credit-note', 'finance.receipt', 'finance.journal'))
            select format('%s %s', d.place, d.id), format('%s without its journal', d.status)
            from document d left join entry e on e.id = d.id and e.company = d.company and e.source_kind = d.kind and e.date = d.day
            where d.status in ('Posted', 'Reversed') and e.id is null
            union all
            select format('%s %s', d.place, d.id), case when e.id is null then 'Reversed without a journal that reverses it'
              else format('%s, but journal %s reverses it', d.status, e.id) end
            from document d left join entry e on e.reverses = d.id
            where (d.status = 'Reversed') <> (e.id is not null)
            union all
            select format('ledger.journal %s', e.id), format('there is no posted %s %s', e.source_kind, e.source_id)
            from entry e left join document d on d.id = e.source_id and d.status in ('Posted', 'Reversed')
            where d.id is null
            """),
        new("document-number", "The number on a document and on its journal is the one that was given", $"""
            with {Documents},
            wanted as (
              select place, id, company, number, 'number' as which from document
                where status in ('Posted', 'Reversed') and not own_number
              union all
              select place, id, company, reversal_number, 'reversal_number' from document where status = 'Reversed'),
            given as (select g.company, g.document, g.number, g.series, g.value from record.number_given g)
            select format('%s %s', w.place, w.id), format('its %s is %s, which was not given to it', w.which, coalesce(w.number, 'missing'))
            from wanted w left join given g on g.document = w.id and g.number = w.number and g.company = w.company
            where g.document is null
            union all
            select format('record.number_given company %s series %s value %s', g.company, g.series, g.value),
              format('%s was given to %s, which does not have it', g.number, g.document)
            from given g left join wanted w on w.id = g.document and w.number = g.number
            where w.id is null
            union all
            select format('ledger.journal %s', e.id), format('its number is %s, its document has %s', coalesce(e.source_number, 'missing'),
              coalesce(case when e.reverses is null then d.number else d.reversal_number end, 'none'))
            from document d join ledger.journal e on e.source_id = d.id and e.source_kind = d.kind
            where e.source_number is distinct from case when e.reverses is null then d.number else d.reversal_number end
            """),
        new("invoice-sums", "An invoice's totals are the sums of its lines and taxes (EN 16931 BR-CO-10 to BR-CO-16)", """
            select format('finance.sales_invoice %s', i.id), format('line total %s, its %s lines have %s; tax total %s, its taxes have %s',
              i.line_total, coalesce(l.lines, 0), coalesce(l.net, 0), i.tax_total, coalesce(t.tax, 0))
            from finance.sales_invoice i
              left join (select invoice, sum(net) as net, count(*) as lines from finance.sales_invoice_line group by invoice) l on l.invoice = i.id
              left join lateral (select sum((x->>'tax')::numeric) as tax from jsonb_array_elements(i.taxes) x) t on true
            where coalesce(l.net, 0) <> i.line_total or coalesce(t.tax, 0) <> i.tax_total
              or i.line_total - i.allowances + i.charges <> i.tax_exclusive or i.tax_exclusive + i.tax_total <> i.tax_inclusive
              or i.tax_inclusive + i.rounding - i.prepaid <> i.payable
              or (i.status in ('Posted', 'Reversed') and i.total is distinct from i.tax_inclusive + i.rounding)
            union all
            select format('finance.sales_invoice_line %s seq %s', l.invoice, l.seq), 'there is no such invoice'
            from finance.sales_invoice_line l left join finance.sales_invoice i on i.id = l.invoice where i.id is null
            """),
        new("invoice-posting", "What an invoice says that it posted to the customer's account is what stands there", """
            select format('finance.sales_invoice %s', i.id), format('total %s (%s), posted %s (%s)', i.total, i.base_total,
              coalesce(p.amount, 0), coalesce(p.base, 0))
            from finance.sales_invoice i left join (
              select p.journal, sum(case when p.credit then -p.amount else p.amount end) as amount,
                sum(case when p.credit then -p.base_amount else p.base_amount end) as base
              from ledger.posting p where p.party is not null group by p.journal) p on p.journal = i.id
            where i.status in ('Posted', 'Reversed') and (coalesce(p.amount, 0), coalesce(p.base, 0)) is distinct from
              (case i.kind when 'CreditNote' then -i.total else i.total end, case i.kind when 'CreditNote' then -i.base_total else i.base_total end)
            """),
        new("open-item", "What is open of a document is its total less what receipts settled of it", """
            with settled as (
              select (s->>'invoice')::uuid as invoice, sum((s->>'amount')::numeric) as amount, sum((s->>'baseAmount')::numeric) as base
              from finance.receipt r cross join lateral jsonb_array_elements(r.settlements) s where r.status = 'Posted' group by 1)
            select format('finance.sales_invoice %s', i.id), format('open %s (%s), by its receipts %s (%s)', i.open, i.base_open,
              case i.status when 'Posted' then i.total - coalesce(s.amount, 0) else 0 end,
              case i.status when 'Posted' then i.base_total - coalesce(s.base, 0) else 0 end)
            from finance.sales_invoice i left join settled s on s.invoice = i.id
            where (i.open, i.base_open) is distinct from
              (case i.status when 'Posted' then i.total - coalesce(s.amount, 0) else 0 end,
               case i.status when 'Posted' then i.base_total - coalesce(s.base, 0) else 0 end)
            """),
        new("receipt-advance", "What is left of an advance is what of it was not allocated", """
            select format('finance.receipt %s', id), format('advance %s (%s), %s (%s) of it left after %s allocations', advance,
              base_advance, advance_open, base_advance_open, allocated)
            from finance.receipt where status = 'Posted' and (advance_open not between 0 and advance
              or base_advance_open not between 0 and base_advance
              or (allocated = 0 and (advance_open, base_advance_open) <> (advance, base_advance)))
            """),
        new("open-items-control", "A customer's open items and advances are what stands on its accounts", """
            with item as (
              select company, party::text as party, currency, case kind when 'CreditNote' then -open else open end as amount,
                case kind when 'CreditNote' then -base_open else base_open end as base from finance.sales_invoice
              union all
              select company, party::text, currency, -advance_open, -base_advance_open from finance.receipt where status = 'Posted'),
            items as (select company, party, currency, sum(amount) as amount, sum(base) as base from item group by 1, 2, 3),
            posted as (
              select j.company, p.party, p.currency, sum(case when p.credit then -p.amount else p.amount end) as amount,
                sum(case when p.credit then -p.base_amount else p.base_amount end) as base
              from ledger.posting p join ledger.journal j on j.id = p.journal
              where p.party is not null and j.source_kind in ('finance.sales-invoice', 'finance.credit-note', 'finance.receipt')
              group by 1, 2, 3)
            select format('masters.party %s %s', coalesce(i.party, p.party), coalesce(i.currency, p.currency)),
              format('open items %s (%s), postings %s (%s)', coalesce(i.amount, 0), coalesce(i.base, 0), coalesce(p.amount, 0), coalesce(p.base, 0))
            from items i full join posted p on p.company = i.company and p.party = i.party and p.currency = i.currency
            where (coalesce(i.amount, 0), coalesce(i.base, 0)) is distinct from (coalesce(p.amount, 0), coalesce(p.base, 0))
            """),
        new("tax-code-copy", "The tax codes that decisions take are those of their documents", """
            with document as (
              select t.company, t.code, concat_ws(' ', t.name, t.category, t.calculation, t.due, t.blocked,
                coalesce((select string_agg(concat(valid_from, '=', trim_scale(coalesce(percent, 0))), ' ' order by valid_from)
                  from finance.tax_rate where parent = t.id), '0001-01-01=0')) as says
              from finance.tax_code t),
            copy as (
              select s.company, c->>'code' as code, concat_ws(' ', c->>'name', c->>'category',
                coalesce(c->>'calculation', 'Percent'), c->>'due', coalesce((c->>'blocked')::boolean, false),
                (select string_agg(concat(r->>'from', '=', trim_scale((r->>'percent')::numeric)), ' ' order by r->>'from')
                  from jsonb_array_elements(c->'rates') r)) as says
              from finance.settings s cross join lateral jsonb_array_elements(s.tax_codes) c)
            select format('finance.tax_code company %s code %s', coalesce(d.company, c.company), coalesce(d.code, c.code)),
              format('the document says %s, the books %s', coalesce(d.says, 'nothing'), coalesce(c.says, 'nothing'))
            from document d full join copy c on c.company = d.company and c.code = d.code
            where d.says is distinct from c.says
            """),
    ];
}
