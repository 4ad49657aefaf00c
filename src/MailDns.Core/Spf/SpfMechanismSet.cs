using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Dns;

namespace MailDns.Spf;

/// <summary>Mechanisms as a person gives them to a command, read into directives that pass.</summary>
internal sealed class SpfMechanismSet
{
    private readonly List<SpfDirective> _directives = new();

    /// <summary>The directives in the order given: include, a, mx, ip4, ip6, exists.</summary>
    public IReadOnlyList<SpfDirective> Directives => _directives;

    /// <summary>Domains whose record is included. A Unicode name becomes A-labels.</summary>
    /// <exception cref="RecordParseException">A text is no domain-spec.</exception>
    public SpfMechanismSet Include(IEnumerable<string>? domains) => AddDomains("include", domains, ownAllowed: false);

    /// <summary>Names whose addresses pass, each perhaps with prefix lengths; empty or <c>@</c> for the domain itself.</summary>
    public SpfMechanismSet A(IEnumerable<string>? names) => AddDomains("a", names, ownAllowed: true);

    /// <summary>Domains whose mail exchangers pass, each perhaps with prefix lengths; empty or <c>@</c> for the domain itself.</summary>
    public SpfMechanismSet Mx(IEnumerable<string>? names) => AddDomains("mx", names, ownAllowed: true);

    public SpfMechanismSet Exists(IEnumerable<string>? names) => AddDomains("exists", names, ownAllowed: false);

    /// <summary>Addresses or networks; host bits are cleared.</summary>
    public SpfMechanismSet IPv4(IEnumerable<string>? networks) => AddNetworks("ip4", networks);

    /// <summary>Addresses or networks; host bits are cleared.</summary>
    public SpfMechanismSet IPv6(IEnumerable<string>? networks) => AddNetworks("ip6", networks);

    private SpfMechanismSet AddNetworks(string mechanism, IEnumerable<string>? networks)
    {
        foreach (string text in networks ?? Array.Empty<string>())
        {
            var directive = (SpfDirective)SpfParser.ParseTerm(mechanism + ":" + (text ?? string.Empty).Trim());
            AddressBlock block = AddressBlock.Create(directive.NetworkBits, directive.PrefixLength);
            Add(SpfTermText.Of(SpfQualifier.Pass, block));
        }

        return this;
    }

    private SpfMechanismSet AddDomains(string mechanism, IEnumerable<string>? specs, bool ownAllowed)
    {
        foreach (string given in specs ?? Array.Empty<string>())
        {
            string text = (given ?? string.Empty).Trim();
            int slash = text.IndexOf('/');
            string name = slash < 0 ? text : text.Substring(0, slash);
            bool isOwn = ownAllowed && (name.Length == 0 || name == "@");
            string prefix = slash < 0 || !ownAllowed ? string.Empty : text.Substring(slash);
            Add(mechanism + (isOwn ? prefix : ":" + (ownAllowed ? ToALabels(name) + prefix : ToALabels(text))));
        }

        return this;
    }

    // Only names with letters outside ASCII need it; macros and what the parser refuses go through as they are.
    private static string ToALabels(string name) =>
        name.Any(static c => c > 0x7E) ? DomainName.Parse(name).Text : name;

    private void Add(string term)
    {
        var directive = (SpfDirective)SpfParser.ParseTerm(term);
        if (!_directives.Contains(directive))
        {
            _directives.Add(directive);
        }
    }
}
