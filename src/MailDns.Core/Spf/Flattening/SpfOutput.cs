using System.Collections.Generic;
using System.Linq;

namespace MailDns.Spf;

/// <summary>A part of a record being written: blocks of one verdict, or one mechanism kept as it is.</summary>
internal sealed class SpfOutput
{
    private SpfOutput(SpfQualifier qualifier, IReadOnlyList<AddressBlock> blocks, string mechanism)
    {
        Qualifier = qualifier;
        Blocks = blocks;
        Mechanism = mechanism;
    }

    public SpfQualifier Qualifier { get; }

    /// <summary>The blocks; none for a kept mechanism.</summary>
    public IReadOnlyList<AddressBlock> Blocks { get; }

    /// <summary>The kept mechanism; else empty.</summary>
    public string Mechanism { get; }

    /// <summary>The terms, each with its qualifier.</summary>
    public IEnumerable<string> Terms => Mechanism.Length > 0
        ? new[] { SpfDirective.QualifierText(Qualifier) + Mechanism }
        : Blocks.Select(block => SpfTermText.Of(Qualifier, block));

    /// <summary>Octets of the terms with a space before each.</summary>
    public int Length => Terms.Sum(static term => term.Length + 1);

    public static SpfOutput OfBlocks(SpfQualifier qualifier, IReadOnlyList<AddressBlock> blocks) => new(qualifier, blocks, string.Empty);

    public static SpfOutput Keep(SpfQualifier qualifier, string mechanism) =>
        new(qualifier, System.Array.Empty<AddressBlock>(), mechanism);
}
