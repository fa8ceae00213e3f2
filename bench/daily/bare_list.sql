select r.id, r.at, r.place, r.contact, r.seen, array_agg(g.step order by g.channel) as steps
from (select * from reflection order by id desc limit 50) r
join rating g on g.reflection_id = r.id
group by r.id, r.at, r.place, r.contact, r.seen;
