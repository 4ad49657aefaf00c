using System;
using System.Collections.Generic;

namespace MailDns.Spf;

/// <summary>Mechanisms as a person gives them to a command, read into directives that pass.</summary>
internal sealed class SpfMechanismSet
{
    private readonly bool _acceptsHostBits;
    private readonly List<SpfDirective> _directives = new();

    /// <param name="acceptsHostBits">
    /// True to take a network as some records spell it, with host bits: to remove it. A new term is written without.
    /// </param>
    public SpfMechanismSet(bool acceptsHostBits = false) => _acceptsHostBits = acceptsHostBits;

    /// <summary>The directives in the order given.</summary>
    public IReadOnlyList<SpfDirective> Directives => _directives;

    /// <summary>Domains whose record is included. A Unicode name becomes A-labels.</summary>
    /// <exception cref="RecordParseException">A text is no domain-spec.</exception>
    public SpfMechanismSet Include(IEnumerable<string>? domains) =>
        Add(domains, static domain => SpfTermBuilder.Domain(SpfMechanism.Include, domain));

    /// <summary>Names whose addresses pass, each perhaps with prefix lengths; empty or <c>@</c> for the domain itself.</summary>
    public SpfMechanismSet A(IEnumerable<string>? names) => Add(names, static name => SpfTermBuilder.Host(SpfMechanism.A, name));

    /// <summary>Domains whose mail exchangers pass, each perhaps with prefix lengths; empty or <c>@</c> for the domain itself.</summary>
    public SpfMechanismSet Mx(IEnumerable<string>? names) => Add(names, static name => SpfTermBuilder.Host(SpfMechanism.Mx, name));

    /// <summary>Names, mostly with macros, that have an A record for a client that passes.</summary>
    public SpfMechanismSet Exists(IEnumerable<string>? names) => Add(names, static name => SpfTermBuilder.Domain(SpfMechanism.Exists, name));

    /// <summary>Addresses or networks.</summary>
    public SpfMechanismSet IPv4(IEnumerable<string>? networks) => Add(networks, network => Network(SpfMechanism.Ip4, network));

    /// <summary>Addresses or networks.</summary>
    public SpfMechanismSet IPv6(IEnumerable<string>? networks) => Add(networks, network => Network(SpfMechanism.Ip6, network));

    private string Network(SpfMechanism mechanism, string? text)
    {
        if (!_acceptsHostBits)
        {
            return SpfTermBuilder.Network(mechanism, text);
        }

        var directive = (SpfDirective)SpfParser.ParseTerm((mechanism == SpfMechanism.Ip4 ? "ip4:" : "ip6:") + (text ?? string.Empty).Trim());
        return SpfTermText.Of(SpfQualifier.Pass, AddressBlock.Create(directive.NetworkBits, directive.PrefixLength));
    }

    private SpfMechanismSet Add(IEnumerable<string>? values, Func<string, string> build)
    {
        foreach (string value in values ?? Array.Empty<string>())
        {
            var directive = (SpfDirective)SpfParser.ParseTerm(build(value));
            directive = directive.IsNetwork ? (SpfDirective)SpfParser.ParseTerm(directive.CanonicalText) : directive;
            if (!_directives.Contains(directive))
            {
                _directives.Add(directive);
            }
        }

        return this;
    }
}
