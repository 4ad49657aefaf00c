using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CsCheck;

namespace MailDns.Core.Tests.Support;

/// <summary>The same samples in every run.</summary>
internal static class FixedSamples
{
    /// <summary>The first samples of a generator for these seeds.</summary>
    public static IEnumerable<T> Of<T>(Gen<T> generator, int count, uint stream = 7208, ulong seed = 4408)
    {
        var random = new PCG(stream, seed);
        for (int i = 0; i < count; i++)
            yield return generator.Generate(random, null, out _);
    }

    /// <summary>Asserts for each; a failure says for which.</summary>
    public static void Check<T>(Gen<T> generator, int count, Func<T, string> print, Action<T> assert)
    {
        foreach (T sample in Of(generator, count))
        {
            try
            {
                assert(sample);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                throw new InvalidOperationException(print(sample) + ": " + exception.Message, exception);
            }
        }
    }

    /// <summary>The same with lookups.</summary>
    public static async Task CheckAsync<T>(Gen<T> generator, int count, Func<T, string> print, Func<T, Task> assert)
    {
        foreach (T sample in Of(generator, count))
        {
            try
            {
                await assert(sample);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                throw new InvalidOperationException(print(sample) + ": " + exception.Message, exception);
            }
        }
    }
}
