using System;
using System.Collections.Generic;
using System.Linq;

namespace MailDns.Report;

/// <summary>Collects what comes down the pipeline, in any order, and sorts it by domain.</summary>
internal sealed class ReportBuilder
{
    private readonly Dictionary<string, ReportDomainDraft> _drafts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _order = new();
    private readonly List<ReportRecord> _records = new();

    public bool IsEmpty => _order.Count == 0 && _records.Count == 0;

    /// <summary>A domain that is in the report even where nothing is known of it.</summary>
    public void AddDomain(string domain) => Draft(domain);

    public void Add(ReportCheck check)
    {
        ReportDomainDraft draft = Draft(check.Domain);
        if (draft.Seen.Add(check.Key))
        {
            draft.Checks.Add(check);
        }
    }

    public void Add(ReportMailPath path) => Draft(path.Domain).Paths.Add(path);

    public void AddTree(ReportTreeNode root) => Draft(root.Domain).Trees.Add(root);

    /// <summary>A record of a plan. It goes to the nearest domain of the report at or above its name, else to its zone.</summary>
    public void Add(ReportRecord record) => _records.Add(record);

    public SendingDomainReport Build(string? title, DateTimeOffset created, string version)
    {
        foreach (ReportRecord record in _records)
        {
            Draft(OwnerOf(record)).Records.Add(record);
        }

        _records.Clear();
        return new SendingDomainReport(title, created, version, _order.Select(name => _drafts[name].Build(name)));
    }

    private string OwnerOf(ReportRecord record)
    {
        for (string name = record.Fqdn; name.Length > 0;)
        {
            if (_drafts.ContainsKey(name))
            {
                return name;
            }

            int dot = name.IndexOf('.');
            name = dot < 0 ? string.Empty : name.Substring(dot + 1);
        }

        return record.ZoneName;
    }

    private ReportDomainDraft Draft(string domain)
    {
        if (!_drafts.TryGetValue(domain, out ReportDomainDraft? draft))
        {
            draft = new ReportDomainDraft();
            _drafts.Add(domain, draft);
            _order.Add(domain);
        }

        return draft;
    }
}
