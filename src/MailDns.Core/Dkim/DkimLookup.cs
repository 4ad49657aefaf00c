using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Dns;

namespace MailDns.Dkim;

/// <summary>The answer at one selector.</summary>
internal sealed class DkimLookup
{
    public DkimLookup(string selector, DnsResponse response)
    {
        Selector = selector;
        Response = response;
        Alias = FirstAlias(response);
    }

    public string Selector { get; }

    public DnsResponse Response { get; }

    public DomainName Name => Response.Question.Name;

    /// <summary>The target of the CNAME at the name itself, which is what a platform prescribes; null where there is none.</summary>
    public DomainName? Alias { get; }

    public IReadOnlyList<string> Texts => Response.Texts;

    /// <summary>True where something stands at the name: a text, or an alias that leads nowhere.</summary>
    public bool IsPresent => Response.Status == DnsResponseStatus.Success || Alias is not null;

    /// <summary>True where both names have the same answer, as under a wildcard.</summary>
    public bool AnswersLike(DkimLookup other) =>
        IsPresent
        && Equals(Alias, other.Alias)
        && Texts.OrderBy(text => text, StringComparer.Ordinal).SequenceEqual(other.Texts.OrderBy(text => text, StringComparer.Ordinal), StringComparer.Ordinal);

    private static DomainName? FirstAlias(DnsResponse response) =>
        response.Records
            .Where(record => record.Type == DnsRecordType.Cname && record.Owner.Equals(response.Question.Name))
            .Select(record => ((NameData)record.Data).Target)
            .FirstOrDefault();
}
