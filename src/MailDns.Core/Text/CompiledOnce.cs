namespace MailDns.Text;

/// <summary>
/// For loops over the characters of a text or the octets of a message, which every record runs through. Otherwise .NET compiles them three times, and
/// counts each turn of theirs meanwhile: in the first minute of a long list that is a twentieth of all processor time (docs/performance.md).
/// </summary>
internal static class CompiledOnce
{
    /// <summary>AggressiveOptimization, which .NET Standard 2.0 does not name; .NET Framework ignores it.</summary>
    public const System.Runtime.CompilerServices.MethodImplOptions Loop = (System.Runtime.CompilerServices.MethodImplOptions)512;
}
